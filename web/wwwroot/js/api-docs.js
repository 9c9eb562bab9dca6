// A link to a route opens it. Without this script it is scrolled to, and a click opens it.
const open = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView();
  }
};

addEventListener('hashchange', open);
open();
