// The keys of the filter's bar. The text belongs to the browser, so that no answer overwrites what is being written; the list of suggestions takes its keys only while it is open.
const inList = new Set(['ArrowDown', 'ArrowUp', 'Tab', 'Escape']);

export function attach(input, net) {
  // The page may have been left while the call was on its way.
  if (!input) {
    return null;
  }

  const open = () => input.getAttribute('aria-expanded') === 'true';
  const call = (name, ...args) => net.invokeMethodAsync(name, ...args).catch(() => {});
  const onInput = () => call('OnWrite', input.value, input.selectionStart);

  const onKey = e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) {
      return;
    }
    if (e.key === 'Enter' || inList.has(e.key) && open()) {
      // Escape closes the list first, and leaves the bar only when there is none.
      e.preventDefault();
      e.stopPropagation();
      call('OnKeyAsync', e.key);
    } else if (e.key === 'ArrowDown') {
      onInput();
    }
  };
  const onBlur = () => call('OnKeyAsync', 'Escape');

  input.addEventListener('input', onInput);
  input.addEventListener('keydown', onKey);
  input.addEventListener('blur', onBlur);

  return {
    show(text) {
      if (input.value !== text) {
        input.value = text;
      }
    },
    write(text, caret) {
      input.value = text;
      input.setSelectionRange(caret, caret);
      onInput();
    },
    dispose() {
      input.removeEventListener('input', onInput);
      input.removeEventListener('keydown', onKey);
      input.removeEventListener('blur', onBlur);
    },
  };
}
