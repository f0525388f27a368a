import Jobs

/// What a grade is followed by: jobs that are written to the outbox together with it.
package struct FollowUps: Codable, Sendable, Equatable {
    /// A mail of the template `quiz-result`, to learners whose attempt says how. Else true.
    package var mail: Bool?
    /// A job `certificate.issue`, when the learner passes for the first time. Else false.
    package var certificate: Bool?
    /// A job `progress.update` with what the learner has now. Else false.
    package var progress: Bool?
    /// A job `quiz.graded` with every grade that is new or another one, for whatever else the platform does. Else false.
    package var event: Bool?

    package init(mail: Bool? = nil, certificate: Bool? = nil, progress: Bool? = nil, event: Bool? = nil) {
        self.mail = mail
        self.certificate = certificate
        self.progress = progress
        self.event = event
    }

    /// What a quiz says goes before what all have.
    func overridden(by own: FollowUps) -> FollowUps {
        FollowUps(
            mail: own.mail ?? mail, certificate: own.certificate ?? certificate, progress: own.progress ?? progress,
            event: own.event ?? event)
    }
}

extension FollowUps {
    private enum CodingKeys: String, CodingKey, CaseIterable { case mail, certificate, progress, event }

    /// - Throws: also for a name that nothing has.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: CodingKeys.self, of: "what follows a grade")
        let values = try decoder.container(keyedBy: CodingKeys.self)
        mail = try values.decodeIfPresent(Bool.self, forKey: .mail)
        certificate = try values.decodeIfPresent(Bool.self, forKey: .certificate)
        progress = try values.decodeIfPresent(Bool.self, forKey: .progress)
        event = try values.decodeIfPresent(Bool.self, forKey: .event)
    }
}
