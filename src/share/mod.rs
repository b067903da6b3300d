//! Runs as text: links, documents, pictures.
