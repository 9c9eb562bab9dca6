// A thin bar instead of a modal: what is on the page stays readable while the connection is away.
const bar = document.getElementById('components-reconnect-modal');

const show = (state, text, action) => {
  bar.dataset.state = state;
  bar.replaceChildren(document.createTextNode(text));
  if (action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = action.label;
    button.addEventListener('click', action.run);
    bar.append(button);
  }
};

const reload = () => location.reload();

const retry = async () => {
  show('show', 'Reconnecting…');
  try {
    // False: the server is there but has dropped the circuit, so there is nothing to come back to.
    if (!await Blazor.reconnect()) {
      reload();
    }
  } catch {
    lost();
  }
};

const lost = () => {
  show('failed', 'The server cannot be reached.', { label: 'Try again', run: retry });
  document.addEventListener('visibilitychange', () => document.hidden || retry(), { once: true });
};

bar?.addEventListener('components-reconnect-state-changed', e => {
  switch (e.detail.state) {
    case 'show':
    case 'retrying':
      show('show', 'Connection lost. Reconnecting…');
      break;
    case 'hide':
      delete bar.dataset.state;
      break;
    case 'failed':
      lost();
      break;
    case 'rejected':
      reload();
      break;
  }
});
