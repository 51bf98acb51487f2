# What callers build on stays as version 1 had it.
add_executable(test_compat ${CMAKE_CURRENT_LIST_DIR}/frozen.cpp)
target_link_libraries(test_compat PRIVATE elic_test_main elic_verify elic_options)
target_include_directories(test_compat PRIVATE ${PROJECT_SOURCE_DIR}/cli)
add_test(NAME compat COMMAND test_compat)
set_tests_properties(compat PROPERTIES LABELS unit)
