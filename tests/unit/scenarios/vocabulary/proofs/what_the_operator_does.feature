Feature: Proofs of what the operator does

  Rule: Holds
    Scenario: the operator runs {command}
      Given the org has no trigger
      When the operator runs "check"
      And the operator runs "status"
      Then the operator reads "version 0.1.0"

  Rule: Fails
    Scenario: the operator runs {command}
      When the operator runs "dance"
      Then the bridge has nothing left to do
