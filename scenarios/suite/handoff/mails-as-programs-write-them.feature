@promise:case-content @F68
Feature: Mails as people's programs write them
  Nothing that a customer wrote is missing on the Case, however her program packed it, and what she only quoted is not taken for hers.

  Scenario Outline: <what> reaches the Case
    Given the customer Dana writes from dana@example.test
    When Dana sends the mail "<mail>"
    And the AI hands off: "Look at it"
    Then case A opens from opencx with the summary "Look at it"
    And case A gains the comment "<words>"

    Examples:
      | what                                 | mail                      | words                                            |
      | an answer above a quote in Danish    | danish-answer.eml         | Torsdag passer fint.                             |
      | a table behind an empty plain part   | html-table-and-link.eml   | round \| blue                                    |
      | the address behind a link            | html-table-and-link.eml   | your shop (https://shop.test/lids?size=2&page=1) |
      | a text under a label that lies       | charset-that-lies.eml     | Die Anleitung (说明书) fehlt – bitte schicken.   |
      | an address that its wrapping broke   | flowed-address.eml        | https://parcels.test/2026/01/7781-QX/where       |
      | a citation in the customer's words   | own-words-look-quoted.eml | Where is my refund?                              |
      | a text behind a picture without name | picture-and-invite.eml    | Ring twice.                                      |

  Scenario: What she only quoted in Danish is not taken for hers
    Given the customer Dana writes from dana@example.test
    When Dana sends the mail "danish-answer.eml"
    And the AI hands off: "Look at it"
    Then case A opens from opencx with the summary "Look at it"
    And case A gains the comment "Torsdag passer fint."
    And case A does not tell "Hvornår må vi komme?"
    And case A does not tell "skrev Acme Help"

  Scenario: A customer whose address no standard allows is a customer
    Given the customer Yuki writes from yuki..kettle.@example.test
    When Yuki emails help@acme.test about "Kettle": "It leaks."
    And the AI hands off: "Leak"
    Then case A opens from opencx with the summary "Leak"
