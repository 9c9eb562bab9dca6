// Theme, density and time zone of the viewer, kept in cookies so that the server can prerender with them.
// Loaded as a classic script in the head: it runs before the first paint.
(() => {
  const year = 60 * 60 * 24 * 365;
  const keep = (name, value) => {
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`;
  };

  keep('actors-tz', Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC');

  const switches = {
    theme: () => (document.documentElement.classList.toggle('light') ? 'light' : 'dark'),
    density: () => (document.documentElement.classList.toggle('compact') ? 'compact' : 'comfortable'),
  };

  // The page's buttons and keys ask for a switch; whoever draws with it listens for the name of it.
  document.addEventListener('actors-switch', e => {
    const value = switches[e.detail]();
    keep(`actors-${e.detail}`, value);
    document.dispatchEvent(new CustomEvent(`actors-${e.detail}`, { detail: value }));
  });

  document.addEventListener('click', e => {
    const button = e.target instanceof Element ? e.target.closest('[data-switch]') : null;
    if (button) {
      document.dispatchEvent(new CustomEvent('actors-switch', { detail: button.dataset.switch }));
    }
  });
})();
