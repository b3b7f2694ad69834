#include "message.h"

#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "digits are written as little-endian words");

static uint8_t padding[MESSAGE_MAX];

static const uint8_t *padded(void) {
    if (padding[0] == 0) {
        for (int i = 0; i < MESSAGE_MAX; i++) {
            padding[i] = (uint8_t) ('a' + i % 26);
        }
    }
    return padding;
}

uint64_t hexadecimal(uint32_t value) {
    // Each half byte to a byte of its own; then those above 9 to letters, all at once.
    uint64_t digits = value;
    digits = (digits << 16 | digits) & 0x0000ffff0000ffff;
    digits = (digits << 8 | digits) & 0x00ff00ff00ff00ff;
    digits = (digits << 4 | digits) & 0x0f0f0f0f0f0f0f0f;
    uint64_t letters = (digits + 0x0606060606060606) >> 4 & 0x0101010101010101;
    return __builtin_bswap64(digits + 0x3030303030303030 + letters * ('a' - '0' - 10));
}

struct message_head message_head(struct message_fields fields) {
    uint64_t time = (uint64_t) fields.time;
    return (struct message_head){
        .stream = hexadecimal(fields.stream),
        .number = hexadecimal(fields.number),
        .time = {hexadecimal((uint32_t) (time >> 32)), hexadecimal((uint32_t) time)}};
}

void message_write(uint8_t *payload, size_t size, struct message_head head) {
    memcpy(payload, &head, MESSAGE_HEAD);
    memcpy(payload + MESSAGE_HEAD, padded(), size - MESSAGE_HEAD);
}

bool message_is(const uint8_t *payload, size_t size, const struct message_head *head) {
    return memcmp(payload, head, MESSAGE_HEAD) == 0 && memcmp(payload + MESSAGE_HEAD, padding, size - MESSAGE_HEAD) == 0;
}

static bool digits_read(const uint8_t *digits, uint32_t *value) {
    *value = 0;
    for (int i = 0; i < 8; i++) {
        uint32_t digit = digits[i] <= '9' ? digits[i] - (uint32_t) '0' : digits[i] - (uint32_t) 'a' + 10;
        if (digit > 15) {
            return false;
        }
        *value = *value << 4 | digit;
    }
    uint64_t again = hexadecimal(*value);
    return memcmp(digits, &again, 8) == 0;
}

bool message_read(const uint8_t *payload, size_t size, struct message_fields *fields) {
    uint32_t high;
    uint32_t low;
    if (size < MESSAGE_HEAD || !digits_read(payload, &fields->stream) || !digits_read(payload + 8, &fields->number)
        || !digits_read(payload + 16, &high) || !digits_read(payload + 24, &low)) {
        return false;
    }
    fields->time = (int64_t) ((uint64_t) high << 32 | low);
    return memcmp(payload + MESSAGE_HEAD, padded(), size - MESSAGE_HEAD) == 0;
}

void frames_head(struct frames *frames, int index, struct message_head head) {
    uint8_t *payload = frames->bytes + (size_t) index * frames->frame + frames->offset;
    uint64_t words[4] = {head.stream ^ frames->mask, head.number ^ frames->mask, head.time[0] ^ frames->mask,
                         head.time[1] ^ frames->mask};
    memcpy(payload, words, MESSAGE_HEAD);
}
