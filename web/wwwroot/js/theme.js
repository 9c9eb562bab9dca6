// Theme and time zone of the viewer, kept in cookies so that the server can prerender with both.
// Loaded as a classic script in the head: it runs before the first paint.
(() => {
  const year = 60 * 60 * 24 * 365;
  const keep = (name, value) => {
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`;
  };

  keep('actors-tz', Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC');

  const toggle = () => {
    const light = document.documentElement.classList.toggle('light');
    keep('actors-theme', light ? 'light' : 'dark');
    document.dispatchEvent(new CustomEvent('actors-theme'));
  };

  document.addEventListener('click', e => {
    if (e.target instanceof Element && e.target.closest('[data-theme-toggle]')) {
      toggle();
    }
  });
})();
