# elic_room(NAME [FOLDER lib/...] [NEEDS rooms...] [LINKS libraries...]): the static library elic_NAME of all lib/NAME/*.cpp
# (or of those in FOLDER, for the part of a room that links more than the rest of it).
# NEEDS are other rooms (their headers are part of what this room says); LINKS are vendor libraries, which
# no header of the room shows.
function(elic_room name)
  cmake_parse_arguments(room "" "FOLDER" "NEEDS;LINKS;SINGLE" ${ARGN})
  if(NOT room_FOLDER)
    set(room_FOLDER ${name})
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/lib/${room_FOLDER}/*.cpp)
  if(NOT sources)
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/empty_${name}.cpp "")
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty_${name}.cpp)
  endif()
  add_library(elic_${name} STATIC ${sources})
  target_include_directories(
    elic_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
                        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/lib>)
  foreach(need IN LISTS room_NEEDS)
    target_link_libraries(elic_${name} PUBLIC elic_${need})
  endforeach()
  target_link_libraries(elic_${name} PRIVATE $<BUILD_INTERFACE:elic_options> ${room_LINKS})
  target_compile_features(elic_${name} PUBLIC cxx_std_20)
  list(TRANSFORM room_SINGLE PREPEND ${PROJECT_SOURCE_DIR}/lib/${room_FOLDER}/)
  elic_fast(elic_${name} SINGLE ${room_SINGLE})
  set_target_properties(elic_${name} PROPERTIES EXPORT_NAME ${name})
  set_property(GLOBAL APPEND PROPERTY elic_rooms elic_${name})
endfunction()

# With ELIC_FAST_BUILD files are compiled eight at a time, and clang reads the standard headers once for all (g++ takes no
# precompiled header from a target with other definitions): half of clang's time. Without it (presets dev and clang)
# every file must include what it uses: `tools/test --full` builds that too. SINGLE: files whose anonymous namespaces
# share a name with another's.
function(elic_fast target)
  cmake_parse_arguments(fast "" "" "SINGLE" ${ARGN})
  if(NOT ELIC_FAST_BUILD)
    return()
  endif()
  set(clang OFF)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    set(clang ON)
  endif()
  if(clang AND target STREQUAL elic_base)
    target_precompile_headers(elic_base PRIVATE <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map>
                              <memory> <optional> <set> <span> <string> <string_view> <tuple> <utility> <variant>
                              <vector> <tl/expected.hpp>)
  elseif(clang AND NOT target MATCHES "^test_")
    target_precompile_headers(${target} REUSE_FROM elic_base)
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  set_source_files_properties(${fast_SINGLE} TARGET_DIRECTORY ${target} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
