# language: de
Scenario: One
  Given the org "service-cloud"
