// Passkeys: show the buttons only where the browser can use them, and say so when it did not work.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  if (!window.PublicKeyCredential) return;
  for (const part of document.querySelectorAll("[data-needs-passkey]")) part.hidden = false;
});

// The button asks the browser for a key, and allauth sends the form when it has one.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-passkey-form]")) event.preventDefault();
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const part of document.querySelectorAll("[data-passkey-fault]")) part.hidden = false;
});
