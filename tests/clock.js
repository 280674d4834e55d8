// Stops the clock of a Node process at the time in NOW, in seconds since 1970; for `node --require`.
"use strict";

if (process.env.NOW) Date.now = () => Number(process.env.NOW) * 1000;
