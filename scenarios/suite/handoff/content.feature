@promise:case-content
Feature: What the customer wrote reaches the Case whole and readable

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F6
  Scenario: A mail longer than a comment may be is spread over several comments
    When Dana emails help@acme.test about "The whole story":
      """
      The story begins with order 1182, which I placed on the second of January.

      On Monday of week 1 I asked the carrier again; they told me that parcel number 418000 was in depot 11, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Tuesday of week 1 I asked the carrier again; they told me that parcel number 418037 was in depot 12, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Wednesday of week 1 I asked the carrier again; they told me that parcel number 418074 was in depot 13, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Thursday of week 1 I asked the carrier again; they told me that parcel number 418111 was in depot 14, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Friday of week 1 I asked the carrier again; they told me that parcel number 418148 was in depot 15, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Saturday of week 1 I asked the carrier again; they told me that parcel number 418185 was in depot 16, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Sunday of week 1 I asked the carrier again; they told me that parcel number 418222 was in depot 17, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Monday of week 2 I asked the carrier again; they told me that parcel number 418259 was in depot 18, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Tuesday of week 2 I asked the carrier again; they told me that parcel number 418296 was in depot 19, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Wednesday of week 2 I asked the carrier again; they told me that parcel number 418333 was in depot 11, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Thursday of week 2 I asked the carrier again; they told me that parcel number 418370 was in depot 12, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Friday of week 2 I asked the carrier again; they told me that parcel number 418407 was in depot 13, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Saturday of week 2 I asked the carrier again; they told me that parcel number 418444 was in depot 14, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Sunday of week 2 I asked the carrier again; they told me that parcel number 418481 was in depot 15, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Monday of week 3 I asked the carrier again; they told me that parcel number 418518 was in depot 16, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Tuesday of week 3 I asked the carrier again; they told me that parcel number 418555 was in depot 17, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Wednesday of week 3 I asked the carrier again; they told me that parcel number 418592 was in depot 18, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Thursday of week 3 I asked the carrier again; they told me that parcel number 418629 was in depot 19, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Friday of week 3 I asked the carrier again; they told me that parcel number 418666 was in depot 11, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Saturday of week 3 I asked the carrier again; they told me that parcel number 418703 was in depot 12, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Sunday of week 3 I asked the carrier again; they told me that parcel number 418740 was in depot 13, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Monday of week 4 I asked the carrier again; they told me that parcel number 418777 was in depot 14, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Tuesday of week 4 I asked the carrier again; they told me that parcel number 418814 was in depot 15, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Wednesday of week 4 I asked the carrier again; they told me that parcel number 418851 was in depot 16, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Thursday of week 4 I asked the carrier again; they told me that parcel number 418888 was in depot 17, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Friday of week 4 I asked the carrier again; they told me that parcel number 418925 was in depot 18, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Saturday of week 4 I asked the carrier again; they told me that parcel number 418962 was in depot 19, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      On Sunday of week 4 I asked the carrier again; they told me that parcel number 418999 was in depot 11, that it would leave
      within the day, and that I should wait at home for the driver, who did not come.

      The story ends here: please send the lamp again, or my money back.
      """
    And the AI hands off: "Dana tells the story of order 1182"
    Then case A opens from opencx with the summary "Dana tells the story of order 1182"
    And case A gains the comment "The story begins with order 1182, which I placed on the second of January."
    And case A tells "The story ends here: please send the lamp again, or my money back." 1 time

  Scenario: A long conversation stands on the Case in full
    When Dana emails help@acme.test about "Order 1182": "Question 1"
    And the AI answers: "Answer 1"
    And Dana replies: "Question 2"
    And the AI answers: "Answer 2"
    And Dana replies: "Question 3"
    And the AI answers: "Answer 3"
    And Dana replies: "Question 4"
    And the AI answers: "Answer 4"
    And Dana replies: "Question 5"
    And the AI answers: "Answer 5"
    And Dana replies: "Question 6"
    And the AI answers: "Answer 6"
    And Dana replies: "Question 7"
    And the AI answers: "Answer 7"
    And Dana replies: "Question 8"
    And the AI answers: "Answer 8"
    And Dana replies: "Question 9"
    And the AI answers: "Answer 9"
    And Dana replies: "Question 10"
    And the AI answers: "Answer 10"
    And Dana replies: "Question 11"
    And the AI answers: "Answer 11"
    And Dana replies: "Question 12"
    And the AI answers: "Answer 12"
    And Dana replies: "Question 13"
    And the AI hands off: "Dana has thirteen questions"
    Then case A opens from opencx with the summary "Dana has thirteen questions"
    And case A tells in this order:
      | Question 1  |
      | Answer 1    |
      | Question 2  |
      | Answer 2    |
      | Question 3  |
      | Answer 3    |
      | Question 4  |
      | Answer 4    |
      | Question 5  |
      | Answer 5    |
      | Question 6  |
      | Answer 6    |
      | Question 7  |
      | Answer 7    |
      | Question 8  |
      | Answer 8    |
      | Question 9  |
      | Answer 9    |
      | Question 10 |
      | Answer 10   |
      | Question 11 |
      | Answer 11   |
      | Question 12 |
      | Answer 12   |
      | Question 13 |
    And case A tells "Question 1" 1 time
    And case A tells "Answer 12" 1 time
    And the bridge has nothing left to do

  @F6 @F68
  Scenario: Every script and every sign arrives as it was written
    When Dana emails help@acme.test about "Größe der Lampe 💡": "Die Lampe ist zu groß. 電球は含まれていますか？ Ça coûte < 20 € & c'est \"tout\" 😀"
    And the AI hands off: "Dana fragt nach der Größe – 電球 💡"
    Then case A opens from opencx with the summary "Dana fragt nach der Größe – 電球 💡"
    And case A gains the comment "Die Lampe ist zu groß. 電球は含まれていますか？ Ça coûte < 20 € & c'est \"tout\" 😀"
    When Ruiz replies on case A: "Keine Sorge: 電球は含まれています 👍"
    Then Dana receives "Keine Sorge: 電球は含まれています 👍" in the same thread from help@acme.test

  @F56
  Scenario: A mail in HTML is read as text
    When Dana sends the mail "order-1182-html.eml"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A gains the comment "The tracking page says “delivered”, but nothing came."
    When Ruiz replies on case A: "I have asked the carrier."
    Then Dana receives "I have asked the carrier." in the same thread from help@acme.test
