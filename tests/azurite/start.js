// Starts Azurite's blob service with the arguments given, and ends with whoever holds its standard input: a
// test run that is killed leaves no emulator behind.
process.stdin.resume().on("end", () => process.exit(0));
require("azurite/dist/src/blob/main.js");
