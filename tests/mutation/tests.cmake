# The mutation test itself (tools/mutate) is run by hand: it takes long. What finds and writes the mutants is tested here.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME mutation.self_test COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/self_test.py ${PROJECT_SOURCE_DIR}
                                         ${CMAKE_CXX_COMPILER})
set_tests_properties(mutation.self_test PROPERTIES LABELS mutation)
