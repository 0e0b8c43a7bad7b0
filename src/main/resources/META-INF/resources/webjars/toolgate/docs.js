// Where a proof of who is calling is needed, the page asks for it, keeps it for as long as it is open, and sends it
// to its own origin only.
const form = document.getElementById('proof');
let proof = '';

// The document stands beside this page, for all servers as well as for one, with or without a slash at the end.
const documentUrl = location.pathname.replace(/docs\/*$/, 'openapi.json');

window.ui = SwaggerUIBundle({
  url: documentUrl,
  dom_id: '#tools',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor(request) {
    if (proof && new URL(request.url, location.href).origin === location.origin) {
      request.headers.Authorization = `Bearer ${proof}`;
    }
    return request;
  },
  responseInterceptor(response) {
    form.hidden = response.status !== 401;
    form.querySelector('output').textContent = form.hidden ? '' : response.obj?.detail ?? '';
    return response;
  },
});

form.addEventListener('submit', event => {
  event.preventDefault();
  proof = form.elements.key.value.trim();
  window.ui.specActions.download(documentUrl);
});
