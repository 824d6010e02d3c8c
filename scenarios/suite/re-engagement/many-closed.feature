@promise:case-append
Feature: Her open Case is found, however many were closed before it

  Scenario: Twenty-five closed ones
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And Ruiz opens and closes 25 cases for Dana
    And Ruiz opens case A for Dana about "Lamp": "She has telephoned."
    And the AI hands off: "A lamp flickers"
    Then case A tells "It flickers."
    And Dana has 1 open case
