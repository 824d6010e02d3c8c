@promise:webhooks-are-hints @house
Feature: Whose webhooks are believed is what the bridge was told

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F34
  Scenario Outline: While <system>'s secret is being changed the old one is still good
    Given the secret of <system>'s webhooks is being changed
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" within 10 seconds
    And the bridge has refused 0 webhooks from <system>

    Examples:
      | system     |
      | OpenCX     |
      | Salesforce |

  @F34
  Scenario Outline: When <system> uses the new secret the old one does not matter
    Given the old secret of <system>'s webhooks is still known
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And the bridge has refused 0 webhooks from <system>

    Examples:
      | system     |
      | OpenCX     |
      | Salesforce |

  @F33 @F34
  Scenario: Who knows the old secret only is not heard
    Given the secret of Salesforce's webhooks has been changed
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    And 30 minutes pass
    Then the bridge has refused 2 webhooks from Salesforce
    And Dana receives "Which lamp is it?" in the same thread

  @F33
  Scenario: Where signatures are wanted, an unsigned webhook is refused
    Given the bridge wants OpenCX's webhooks signed
    When Dana emails help@acme.test about "Lamp": "It flickers."
    Given the next webhook from OpenCX is unsigned
    When the AI hands off: "A lamp flickers"
    And 30 minutes pass
    Then the bridge has refused 1 webhook from OpenCX
    And case A opens from opencx with the summary "A lamp flickers"

  Scenario: Where signatures are wanted, a signed one is believed
    Given the bridge wants OpenCX's webhooks signed
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And the bridge has refused 0 webhooks from OpenCX

  @F32 @F40
  Scenario: A webhook that is dated ahead is not believed
    When Dana emails help@acme.test about "Lamp": "It flickers."
    Given OpenCX's clock is 8 minutes fast
    When the AI hands off: "A lamp flickers"
    And 30 minutes pass
    Then case A opens from opencx with the summary "A lamp flickers"
    And the bridge has refused 3 webhooks from OpenCX

  Scenario: Of two signatures one is enough
    Given the bridge wants OpenCX's webhooks signed
    And the secret of OpenCX's webhooks is being changed
    And OpenCX uses its new secret, and signs with the old one too
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And the bridge has refused 0 webhooks from OpenCX

  Scenario: A bridge that knows the new secret only believes the second of two signatures
    Given the bridge wants OpenCX's webhooks signed
    And the secret of OpenCX's webhooks has been changed
    And OpenCX uses its new secret, and signs with the old one too
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And the bridge has refused 0 webhooks from OpenCX

  Scenario: A signature without its time is refused, also where none is asked for
    When Dana emails help@acme.test about "Lamp": "It flickers."
    Given the next webhook from OpenCX comes without its header "webhook-timestamp"
    When the AI hands off: "A lamp flickers"
    And 30 minutes pass
    Then the bridge has refused 1 webhook from OpenCX
    And case A opens from opencx with the summary "A lamp flickers"

  Scenario: A secret that holds the key of its signatures in base64
    Given OpenCX's webhook secret is "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    And the bridge wants OpenCX's webhooks signed
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And the bridge has refused 0 webhooks from OpenCX

  @F33
  Scenario: Who knows the other's secret only is not heard
    Given Salesforce calls the bridge by the other's webhook secret
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    And 30 minutes pass
    Then Dana receives "Which lamp is it?" in the same thread
    And the bridge has refused 2 webhooks from Salesforce

  @F33
  Scenario: Who knows the other's secret only is not heard, though his signature is right
    Given OpenCX calls the bridge by the other's webhook secret
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    And 30 minutes pass
    Then case A opens from opencx with the summary "A lamp flickers"
    And the bridge has refused 6 webhooks from OpenCX
