// Whether the viewer wants pseudonyms instead of the ids of users.
const name = 'actors-names';

export const areHidden = () => document.cookie.split('; ').includes(`${name}=hidden`);

export function hide(hidden) {
  document.cookie = `${name}=${hidden ? 'hidden' : 'shown'}; path=/; max-age=31536000; samesite=lax`;
}
