// For Docusaurus: Conclave's element, loaded once, in the site's colour mode. The folder conclave/ (Conclave's dist)
// stands in static/.
import React, { useEffect } from "react";
import useBaseUrl from "@docusaurus/useBaseUrl";
import { useColorMode } from "@docusaurus/theme-common";

export default function LeaderElection({ children, ...attributes }) {
  const { colorMode } = useColorMode();
  const script = useBaseUrl("/conclave/embed.js");
  useEffect(() => {
    if (document.querySelector(`script[src="${script}"]`)) return;
    const made = document.createElement("script");
    made.src = script;
    document.head.append(made);
  }, [script]);
  return (
    <leader-election height="auto" {...attributes} theme={colorMode}>
      {children}
    </leader-election>
  );
}
