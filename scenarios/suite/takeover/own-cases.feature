@promise:takeover @house
Feature: That a Case belongs to the integration user, who made it, means that nobody has taken it yet

  Scenario: The operator reads that the AI may still speak once a person has the Case, and not before
    Given the org has no assignment rule
    And the AI keeps answering until a person is active
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Dana emails help@acme.test about "Chair": "It wobbles."
    Then case A gains the comment "It wobbles."
    When Ruiz sets "Priority" of case A to "High"
    And 20 minutes pass
    And the operator runs "trace case:A"
    Then the operator does not read "the AI may still speak"
    When Ruiz takes case A
    And 1 minute passes
    And the operator runs "trace case:A"
    Then the operator reads "the AI may still speak in another session"
