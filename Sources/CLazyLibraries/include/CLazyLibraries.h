// Nothing to call: this target defines the functions of libraries that most processes never use. See LazyLibrary.h.
#pragma once
