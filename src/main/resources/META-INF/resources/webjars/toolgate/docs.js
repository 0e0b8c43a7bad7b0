// The document stands beside this page, for all servers as well as for one.
window.ui = SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#tools',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
  tryItOutEnabled: true,
  validatorUrl: null,
});
