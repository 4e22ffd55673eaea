// Starts Swagger UI on the description that the same app serves. The validator is another host's, so it is off.
"use strict";

const withoutHead = (system) => ({
  wrapComponents: {
    // HEAD is described with every GET, which says all there is to say of it.
    operation: (Original) => (props) => (props.operation.get("method") === "head" ? null : system.React.createElement(Original, props)),
  },
});

SwaggerUIBundle({
  url: "../openapi/v3.json",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [withoutHead],
  layout: "BaseLayout",
  validatorUrl: null,
  queryConfigEnabled: false,
  persistAuthorization: false,
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  filter: true,
  displayRequestDuration: true,
});
