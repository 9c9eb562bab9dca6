// Opens and closes a popover when the server wants it.
export const attach = el => el && {
  open() {
    if (!el.matches(':popover-open')) {
      document.querySelector(`[popovertarget="${el.id}"]`)?.click();
    }
  },
  close() {
    if (el.matches(':popover-open')) {
      el.hidePopover();
    }
  },
  dispose() {},
};
