package import Jobs

extension TranscodeVideo {
    package static let payloadSchema = PayloadSchema.object(
        "A video to bring into a form that plays everywhere.",
        [
            .required("source", .text(.videoKey), "The upload in the storage."),
            .required("destination", .text(.videoKey), "The folder in the storage to publish into."),
            .optional(
                "captions", .array(of: captions, count: 0...TranscodeRequest.maxCaptions),
                "Files with what is said, SubRip or WebVTT."),
            .optional("encryption", encryption, "How segments are encrypted. Else they are not."),
            .optional("follows", follows, "Before what the configuration says."),
        ])

    private static let captions = PayloadSchema.object(
        nil,
        [
            .required("source", .text(.videoKey), "A file in the storage."),
            .optional("language", .text(), "As BCP 47 writes it: de."),
            .optional("name", .text(), "What viewers choose. Else the language."),
        ])

    private static let encryption = PayloadSchema.object(
        nil,
        [
            .required("address", .text(.keyAddress), "Where players get the key."),
            .required("key", .text(.videoKey), "Where the key is put in the storage."),
        ])

    private static let follows = PayloadSchema.object(
        nil, [.optional("event", .boolean, "Whether a job video.ready or video.failed follows.")], others: nil)
}
