/// A part of a quiz: `{"id":"basics","select":5,"questions":[…]}`.
package struct Section: Codable, Sendable, Equatable {
    package var id: String
    package var title: String?
    /// How many of the questions a learner gets, chosen by the submission's seed (see ``RandomSelection``). Else all.
    package var select: Int?
    package var questions: [Question]

    package init(id: String, title: String? = nil, select: Int? = nil, questions: [Question]) {
        self.id = id
        self.title = title
        self.select = select
        self.questions = questions
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, title, select, questions }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        title = try fields.optional(.title)
        select = try fields.optional(.select)
        questions = try fields.required(.questions)
    }
}
