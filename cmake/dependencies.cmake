# Every third-party library, found once and named once; docs/reference/dependencies.md lists their licences.

find_package(Threads REQUIRED)
set(Boost_USE_STATIC_LIBS OFF)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(OpenSSL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(CURL REQUIRED)
find_package(fmt REQUIRED)
find_package(prometheus-cpp REQUIRED COMPONENTS core)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(VIPS REQUIRED IMPORTED_TARGET vips)
# Its -pthread would not fit the precompiled header of the tests, which is compiled without.
set_property(TARGET PkgConfig::VIPS PROPERTY INTERFACE_COMPILE_OPTIONS "")
pkg_check_modules(WEBP REQUIRED IMPORTED_TARGET libwebp)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(BSON REQUIRED IMPORTED_TARGET libbson-1.0)
pkg_check_modules(MONGOC REQUIRED IMPORTED_TARGET libmongoc-1.0)
pkg_check_modules(LIBXML2 REQUIRED IMPORTED_TARGET libxml-2.0)

# Debian's libopencv-*-dev packages carry no CMake config of their own; only the three modules in use are linked.
find_path(OPENCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
foreach(module core imgproc objdetect)
  find_library(OPENCV_${module}_LIBRARY opencv_${module} REQUIRED)
  add_library(opencv::${module} INTERFACE IMPORTED)
  set_target_properties(opencv::${module} PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${OPENCV_INCLUDE_DIR}"
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${OPENCV_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES "${OPENCV_${module}_LIBRARY}")
endforeach()

find_path(ROARING_INCLUDE_DIR roaring/roaring.h REQUIRED)
find_library(ROARING_LIBRARY roaring REQUIRED)
add_library(roaring::roaring INTERFACE IMPORTED)
set_target_properties(roaring::roaring PROPERTIES
  INTERFACE_INCLUDE_DIRECTORIES "${ROARING_INCLUDE_DIR}" INTERFACE_LINK_LIBRARIES "${ROARING_LIBRARY}")

# hiredis' own pkg-config flags would not fit the precompiled header of the tests.
find_path(HIREDIS_INCLUDE_DIR hiredis/hiredis.h REQUIRED)
find_library(HIREDIS_LIBRARY hiredis REQUIRED)
add_library(hiredis::hiredis INTERFACE IMPORTED)
set_target_properties(hiredis::hiredis PROPERTIES
  INTERFACE_INCLUDE_DIRECTORIES "${HIREDIS_INCLUDE_DIR}" INTERFACE_LINK_LIBRARIES "${HIREDIS_LIBRARY}")
