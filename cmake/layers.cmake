# How a layer becomes a library, a test program and a benchmark program. A folder is enough: every *.cpp in it belongs to
# the library, every *_test.cpp to the test program, every *_benchmark.cpp to the benchmark program, so no file is forgotten.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(fitview_flags INTERFACE)
target_compile_options(fitview_flags INTERFACE -Wall -Wextra -Werror -Wno-missing-field-initializers
  -fno-omit-frame-pointer -ffp-contract=off)
target_include_directories(fitview_flags INTERFACE ${PROJECT_SOURCE_DIR}/server ${PROJECT_SOURCE_DIR}/server/features)
target_compile_definitions(fitview_flags INTERFACE BOOST_ALLOW_DEPRECATED_HEADERS
  $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(FITVIEW_SANITIZE)
  target_compile_options(fitview_flags INTERFACE -fsanitize=${FITVIEW_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(fitview_flags INTERFACE -fsanitize=${FITVIEW_SANITIZE})
endif()

if(FITVIEW_FUZZ)
  # Every layer reports its branches to the fuzzer; only the fuzz programs bring its main.
  target_compile_options(fitview_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(fitview_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# One precompiled header for all test programs: gtest and the standard headers every test uses.
file(WRITE ${PROJECT_BINARY_DIR}/test_main.cpp "// GTest::gtest_main brings main\n")
add_library(fitview_test_pch STATIC ${PROJECT_BINARY_DIR}/test_main.cpp)
target_link_libraries(fitview_test_pch PUBLIC fitview_flags GTest::gtest GTest::gtest_main Threads::Threads)
target_precompile_headers(fitview_test_pch PRIVATE <gtest/gtest.h> <algorithm> <chrono> <functional> <map> <memory>
  <optional> <string> <string_view> <thread> <vector>)

# fitview_layer(NAME [DIRECTORIES dir...] [DEPENDS target...] [PRIVATE target...] [TEST_DEPENDS target...])
# Makes fitview_NAME, fitview_NAME_test and fitview_NAME_benchmark out of the folder (and the folders below it).
function(fitview_layer name)
  cmake_parse_arguments(LAYER "NO_RECURSE" "" "DEPENDS;PRIVATE;TEST_DEPENDS;EXCLUDE" ${ARGN})
  if(LAYER_NO_RECURSE)
    file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  else()
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  endif()
  foreach(pattern ${LAYER_EXCLUDE})
    list(FILTER sources EXCLUDE REGEX ${pattern})
  endforeach()
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  set(benchmarks ${sources})
  list(FILTER benchmarks INCLUDE REGEX "_benchmark\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "(_test|_benchmark|_main|/main)\\.cpp$")

  if(sources)
    add_library(fitview_${name} STATIC ${sources})
    target_link_libraries(fitview_${name} PUBLIC fitview_flags ${LAYER_DEPENDS} PRIVATE ${LAYER_PRIVATE})
  else()
    add_library(fitview_${name} INTERFACE)
    target_link_libraries(fitview_${name} INTERFACE fitview_flags ${LAYER_DEPENDS})
  endif()
  if(tests)
    add_executable(fitview_${name}_test ${tests})
    target_link_libraries(fitview_${name}_test PRIVATE fitview_${name} ${LAYER_PRIVATE} ${LAYER_TEST_DEPENDS} GTest::gtest
      GTest::gtest_main)
    target_precompile_headers(fitview_${name}_test REUSE_FROM fitview_test_pch)
    target_compile_definitions(fitview_${name}_test PRIVATE FITVIEW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND fitview_${name}_test)
    set_property(GLOBAL APPEND PROPERTY FITVIEW_TESTS fitview_${name}_test)
  endif()
  if(benchmarks AND FITVIEW_BENCHMARKS)
    add_executable(fitview_${name}_benchmark ${benchmarks})
    target_link_libraries(fitview_${name}_benchmark PRIVATE fitview_${name} ${LAYER_PRIVATE} ${LAYER_TEST_DEPENDS}
      benchmark::benchmark benchmark::benchmark_main)
    target_compile_definitions(fitview_${name}_benchmark PRIVATE FITVIEW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  endif()
endfunction()
