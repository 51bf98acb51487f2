add_executable(adversary ${CMAKE_CURRENT_LIST_DIR}/adversary.cpp)
elic_program(adversary)
add_test(NAME property.adversary
         COMMAND sh -c "d=$(mktemp -d) && $<TARGET_FILE:adversary> $d/demo; s=$?; rm -rf $d; exit $s")
set_tests_properties(property.adversary PROPERTIES LABELS "property;slow" TIMEOUT 600)
