// Numbers and times as the server writes them elsewhere on the page.
const trim = (value, digits) => String(Number(value.toFixed(digits)));

export function number(value) {
  const size = Math.abs(value);
  if (size >= 1e9) return `${trim(value / 1e9, 2)}G`;
  if (size >= 1e6) return `${trim(value / 1e6, 2)}M`;
  if (size >= 1e4) return `${trim(value / 1e3, 1)}k`;
  if (size >= 100) return trim(value, 0);
  if (size >= 10) return trim(value, 1);
  // Sums of a few calls are small, and not zero.
  return size >= 0.1 || size === 0 ? trim(value, 2) : String(Number(value.toPrecision(2)));
}

export function value(amount, unit) {
  if (amount === null || amount === undefined || Number.isNaN(amount)) return '–';
  switch (unit) {
    case 'ms':
      if (amount >= 60_000) return `${trim(amount / 60_000, 1)} min`;
      return amount >= 1000 ? `${trim(amount / 1000, 2)} s` : `${trim(amount, amount < 10 ? 1 : 0)} ms`;
    case '$':
      return `$${trim(amount, amount < 1 ? 4 : 2)}`;
    case '$/min':
      return `$${number(amount)}/min`;
    case '%':
      return `${trim(amount, 2)} %`;
    default:
      return unit ? `${number(amount)} ${unit}` : number(amount);
  }
}

// The unit of an axis stands beside its title, but for what reads better with it.
export const axisValue = (amount, unit) => unit === 'ms' ? value(amount, unit) : unit.startsWith('$') ? `$${number(amount)}` : number(amount);

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' });

export function time(at, stepMs, windowMs) {
  if (windowMs > 26 * 3600_000) return day.format(at);
  return (stepMs < 60_000 ? seconds : clock).format(at);
}

// The axis of a long window has no room for seconds, and its marks fall on whole minutes.
export const axisTime = (at, stepMs, windowMs) => time(at, windowMs > 900_000 ? Math.max(stepMs, 60_000) : stepMs, windowMs);
