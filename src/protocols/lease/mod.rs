//! A lease held by compare-and-set on a service, as Kubernetes does.
