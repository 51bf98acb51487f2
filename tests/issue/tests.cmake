# One test puts the ledger in doubt with plain SQL.
find_package(SQLite3 REQUIRED)
if(TARGET test_issue)
  target_link_libraries(test_issue PRIVATE SQLite::SQLite3)
endif()
