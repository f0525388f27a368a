import Jobs

/// What the end of a job is followed by: jobs that are written to the outbox together with the video's row.
package struct VideoFollowUps: Codable, Sendable, Equatable {
    /// A job `video.ready` or `video.failed`, for whatever else the platform does. Else false.
    package var event: Bool?

    package init(event: Bool? = nil) { self.event = event }
}

extension VideoFollowUps {
    private enum CodingKeys: String, CodingKey, CaseIterable { case event }

    /// - Throws: also for a name that nothing has.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: CodingKeys.self, of: "what follows a video")
        event = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(Bool.self, forKey: .event)
    }
}
