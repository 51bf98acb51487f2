# A consumer project finds the installed package, builds and verifies a license. One at a time: both install.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(consumer_flags "")
if(ELIC_SANITIZE)
  set(consumer_flags "-fsanitize=${ELIC_SANITIZE}")
endif()
foreach(component verify document issue_document elic)
  add_test(NAME install.${component}
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/install_test.py ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR}
                   ${component} ${CMAKE_CXX_COMPILER} ${consumer_flags})
  set_tests_properties(install.${component} PROPERTIES LABELS install RESOURCE_LOCK install TIMEOUT 300)
endforeach()
