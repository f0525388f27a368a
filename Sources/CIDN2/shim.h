// Host names in any script (IDNA 2008).
#pragma once
#include <idn2.h>
