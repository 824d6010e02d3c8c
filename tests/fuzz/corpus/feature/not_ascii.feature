Feature: Größe

  Scenario: Die Lampe 💡 ist zu groß
    Given the customer Zoë writes from zoe@example.test
    When Zoé emails help@acme.test about "Größe 💡": "電球は？" soon
    And 1 day pass
