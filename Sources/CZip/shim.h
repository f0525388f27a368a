// The parts of libzip that read and write an archive in memory.
#pragma once
#include <zip.h>
