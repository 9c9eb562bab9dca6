// What only the browser knows about the person looking: the time zone, and whether the page is being looked at.
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';

export function watchVisibility(net) {
  const tell = () => net.invokeMethodAsync('OnVisibility', !document.hidden).catch(() => {});
  document.addEventListener('visibilitychange', tell);
  if (document.hidden) {
    tell();
  }
  return { dispose: () => document.removeEventListener('visibilitychange', tell) };
}
