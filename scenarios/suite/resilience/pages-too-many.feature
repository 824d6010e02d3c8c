@promise:case-content @house
Feature: What has no end is told to people, not cut in silence

  Scenario: A conversation of more pages than are read
    Given OpenCX answers lists in pages of 1
    And the customer Dana writes from dana@example.test
    And OpenCX takes 1 second to answer the next session read
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And Dana and the AI write to each other 101 times
    And the AI hands off: "Dana has many questions"
    And 1 hour passes
    Then the bridge has parked 1 job
    And Dana has 0 cases
