// This target defines the functions of libraries that most processes never use, and opens each library with the first
// call of one: see LazyLibrary.h.
#pragma once

// Why the first library that cannot be opened cannot be, and which of Debian's packages has it; NULL when all can.
const char *cw_lazy_missing(const char **package);
