# What is secret must not show in the time that signing takes. Judged by valgrind, not by the clock.
if(NOT ELIC_SANITIZE)
  find_program(valgrind valgrind REQUIRED)
  add_executable(sm2_constant_time ${CMAKE_CURRENT_LIST_DIR}/sm2_constant_time.cpp)
  target_link_libraries(sm2_constant_time PRIVATE elic_crypto elic_options)
  target_compile_options(sm2_constant_time PRIVATE -O2)
  add_test(NAME timing.sm2_signing COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/constant_time.py ${PROJECT_SOURCE_DIR}
                                           $<TARGET_FILE:sm2_constant_time>)
  set_tests_properties(timing.sm2_signing PROPERTIES LABELS timing TIMEOUT 300)
endif()
