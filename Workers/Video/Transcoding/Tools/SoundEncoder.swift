/// How sound is encoded.
enum SoundEncoder {
    static let arguments = ["-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2"]
}
