Feature: Proofs of what the operator reads

  Rule: Holds
    Scenario: the operator reads {text}
      When the operator runs "check"
      Then the operator reads "ok opencx answers: to this API key"

    Scenario: the operator does not read {text}
      When the operator runs "parked list"
      Then the operator does not read "session:"

  Rule: Fails
    Scenario: the operator reads {text}
      When the operator runs "parked list"
      Then the operator reads "session:"

    Scenario: the operator does not read {text}
      When the operator runs "parked list"
      Then the operator does not read "nothing is parked"
