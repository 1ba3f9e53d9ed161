/* The settings as a sheet, where there is no room for their column: a button of the header opens
   it over the foot of the window, and all else is out of reach until it is closed, by its button, by
   Escape or by a touch beside it. The focus then returns to where it came from. It is no dialog of
   the browser's own: the lists of the settings open outside of it. */
(function () {
  "use strict";

  const OPEN = "open";
  const root = document.documentElement;
  const AS_DIALOG = { role: "dialog", "aria-modal": "true", "aria-labelledby": "settings-title" };
  const sheet = () => document.getElementById("settings");
  const button = () => document.getElementById("settings-button");
  const others = () => document.querySelectorAll(".page > :not(.desk), .desk > :not(.side)");
  const isOpen = () => Boolean(sheet()?.classList.contains(OPEN));

  /* All of the page knows whether there are settings, and whether they are open. */
  function tell() {
    if (sheet()) root.dataset.settings = isOpen() ? OPEN : "closed";
    else delete root.dataset.settings;
  }

  function set(open) {
    sheet().classList.toggle(OPEN, open);
    tell();
    for (const [name, value] of Object.entries(AS_DIALOG)) {
      if (open) sheet().setAttribute(name, value);
      else sheet().removeAttribute(name);
    }
    for (const one of others()) one.inert = open;
    (open ? sheet().querySelector(".settings-close") : button()).focus();
  }

  /* What is touched may be gone from the page by now: an option of a list that has closed. */
  document.addEventListener("click", (event) => {
    const isOn = (found) => event.composedPath().some((one) => one.matches?.(found));
    if (isOn("#settings-button")) set(true);
    else if (isOpen() && (isOn(".settings-close") || !isOn("#settings, [data-portal]"))) set(false);
  });

  /* Escape closes a list of the settings first, if one is open. */
  const isListOpen = () =>
    [...document.querySelectorAll("[data-portal] [role=listbox]")].some((one) => one.checkVisibility());
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen() || isListOpen()) return;
    event.stopPropagation();
    set(false);
  }, true);

  /* The window has grown: the settings stand in their column. */
  const isSheet = () => Boolean(button()?.checkVisibility());
  addEventListener("resize", () => { if (isOpen() && !isSheet()) set(false); });

  /* What leads to a setting that is not seen. */
  const wayTo = (control) => isSheet() && sheet()?.contains(control) && !isOpen() && button();

  window.settings = { tell, wayTo };
})();
