# elic_room(NAME [NEEDS rooms...] [LINKS libraries...]): the static library elic_NAME of all lib/NAME/*.cpp.
# NEEDS are other rooms (their headers are part of what this room says); LINKS are vendor libraries, which
# no header of the room shows.
function(elic_room name)
  cmake_parse_arguments(room "" "" "NEEDS;LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/lib/${name}/*.cpp)
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
  elic_precompile(elic_${name})
  set_target_properties(elic_${name} PROPERTIES EXPORT_NAME ${name})
  set_property(GLOBAL APPEND PROPERTY elic_rooms elic_${name})
endfunction()

# With ELIC_PCH the standard headers are read once for all: a third of clang's time. Without it every file must include
# what it uses, so that one of the builds that CI makes has it and the other has not.
function(elic_precompile target)
  if(NOT ELIC_PCH)
    return()
  endif()
  if(target STREQUAL elic_base)
    target_precompile_headers(elic_base PRIVATE <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map>
                              <memory> <optional> <set> <span> <string> <string_view> <tuple> <utility> <variant>
                              <vector> <tl/expected.hpp>)
  else()
    target_precompile_headers(${target} REUSE_FROM elic_base)
  endif()
endfunction()
