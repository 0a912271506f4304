<?php

declare(strict_types=1);

/**
 * What a shop's server in PHP needs for pay-button: order tokens and the webhook.
 *
 * No extension but json and hash, which are always there; PHP 8.1 or newer. Copy this file, or take
 * firebase/php-jwt and standard-webhooks/standard-webhooks.
 */
final class PayButton
{
    private const LONGEST = 24 * 60 * 60;
    private const TOLERANCE = 5 * 60;

    /**
     * An order token, for the attribute `order` of `<pay-button>`.
     *
     * @param array  $order     ['id' => 'A-1001', 'amount' => ['value' => '300', 'currency' => 'TWD']],
     *                          the amount a decimal string in major units; also 'description',
     *                          'userId' and 'payer'
     * @param string $secret    PAY_ORDER_SECRET; where it holds several, the first
     * @param int    $expiresIn seconds, 24 hours at most
     */
    public static function signOrder(array $order, string $secret, int $expiresIn = self::LONGEST): string
    {
        $issuedAt = time();
        $signed = self::part(['alg' => 'HS256', 'typ' => 'pay-order+jwt']) . '.' . self::part([
            'aud' => 'pay-button',
            'iat' => $issuedAt,
            'exp' => $issuedAt + min($expiresIn, self::LONGEST),
            'order' => $order,
        ]);
        return $signed . '.' . self::base64url(hash_hmac('sha256', $signed, $secret, true));
    }

    /**
     * The event in a webhook's request. Act on each of its ids once; answer 2xx within 10 s.
     *
     * @param string                $body    as it came: file_get_contents('php://input')
     * @param array<string, string> $headers with lower-case names: array_change_key_case(getallheaders())
     * @param string                $secret  PAY_WEBHOOK_SECRET, `whsec_` and Base64
     *
     * @throws UnexpectedValueException where it is not from the proxy, or older than 5 minutes
     */
    public static function readEvent(string $body, array $headers, string $secret): array
    {
        $id = $headers['webhook-id'] ?? '';
        $timestamp = $headers['webhook-timestamp'] ?? '';
        if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > self::TOLERANCE) {
            throw new UnexpectedValueException('webhook: the timestamp is missing or too far away');
        }
        $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
        $expected = base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
        foreach (explode(' ', $headers['webhook-signature'] ?? '') as $given) {
            if (hash_equals("v1,$expected", $given)) {
                return ['id' => $id] + json_decode($body, true, flags: JSON_THROW_ON_ERROR);
            }
        }
        throw new UnexpectedValueException('webhook: the signature is wrong');
    }

    private static function part(array $value): string
    {
        return self::base64url(json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE));
    }

    private static function base64url(string $data): string
    {
        return rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
    }
}
