// <button data-focus="id of the element to go on from">. A link would be an address of its own: every address here begins at the root.
document.addEventListener('click', e => {
  const button = e.target instanceof Element ? e.target.closest('[data-focus]') : null;
  document.getElementById(button?.dataset.focus)?.focus();
});
