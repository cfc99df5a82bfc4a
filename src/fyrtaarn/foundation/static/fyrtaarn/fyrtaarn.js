// What the pages can do more with a script; each works without it.
"use strict";
