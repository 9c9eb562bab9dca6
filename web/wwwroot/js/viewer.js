// What only the browser knows about the person looking: the time zone, the density, and whether the page is being looked at.
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';

// Flips the theme or the density, as the button for it does.
export const flip = what => document.dispatchEvent(new CustomEvent('actors-switch', { detail: what }));

export function watch(net) {
  const seen = () => net.invokeMethodAsync('OnVisibility', !document.hidden).catch(() => {});
  const packed = e => net.invokeMethodAsync('OnDensity', e.detail).catch(() => {});
  document.addEventListener('visibilitychange', seen);
  document.addEventListener('actors-density', packed);
  if (document.hidden) {
    seen();
  }
  return {
    dispose() {
      document.removeEventListener('visibilitychange', seen);
      document.removeEventListener('actors-density', packed);
    },
  };
}
