import type { BankAccountStrings } from './en.js'

export const id: BankAccountStrings = {
  'bank.account': 'Rekening bank {number}',
  'bank.hint':
    'Transfer hanya dari rekening yang Anda isi di sini: {operator} mengembalikan uang dari rekening lain.',
  'bank.code': 'Kode bank',
  'bank.name': 'Bank',
  'bank.number': 'Nomor rekening',
  'bank.add': 'Tambah rekening',
  'bank.remove': 'Hapus rekening bank {number}',
  'bank.removed': 'Rekening bank {number} dihapus.',
  'bank.filled': 'Kode bank dan nomor rekening sudah diisi.',
  'fault.bank.code': 'Masukkan tiga angka kode bank, atau pilih bank.',
  'fault.bank.account': 'Masukkan nomor rekening: 6 sampai 16 angka, termasuk nol di depan.',
}
