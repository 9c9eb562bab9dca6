// Copy buttons: <button data-copy="id of the element to copy">. No circuit is involved.
document.addEventListener('click', async e => {
  const button = e.target instanceof Element ? e.target.closest('[data-copy]') : null;
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) {
    return;
  }

  const label = button.querySelector('[data-copy-label]') ?? button;
  const before = label.textContent;
  try {
    await navigator.clipboard.writeText(source.textContent);
    label.textContent = 'Copied';
  } catch {
    // Without permission the text is selected, so that one key copies it.
    getSelection().selectAllChildren(source);
    label.textContent = 'Press Ctrl+C';
  }
  setTimeout(() => { label.textContent = before; }, 1600);
});
