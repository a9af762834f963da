#pragma once
// The former name of rows.hpp.
#include "storage/sqlite/rows.hpp"
